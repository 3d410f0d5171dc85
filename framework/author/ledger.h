/*
 * ledger: the page that everything about one run of a case is written into.  It is shared
 * by worker, keeper, case process, body, peers and helpers, so that a verdict survives any
 * of them.  Internal: cases use the words of the other headers.
 *
 * The first word to go wrong claims the outcome by compare-and-swap; later ones are ignored.
 */
#ifndef ASSAY_AUTHOR_LEDGER_H
#define ASSAY_AUTHOR_LEDGER_H

#include "case.h"
#include "observe.h"
#include "supervisor.h"
#include "verdict.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	LEDGER_PEERS = 512,
	LEDGER_NOTES = 24,
	LEDGER_NAMES = 64,
	LEDGER_SYSCTLS = 4,
	LEDGER_OUTPUT_BYTES = 16 * 1024,
	LEDGER_LEFTOVER_BYTES = 4096,
	LEDGER_MAP_BYTES = 16 * 1024,
	LEDGER_MAGIC = 0x1ed6e5,
	LEDGER_ARENA_BYTES = 4 * 1024 * 1024,
	/* The framework's descriptors start here; a case never sees one below. */
	FRAMEWORK_FD = 200,
	/* Fixed ones, so that a helper finds them after exec. */
	LEDGER_FD = 201,
	WORKER_IMAGE_FD = 202,
	LEDGER_WAKE_FD = 208, /* an eventfd: something for the keeper to do */
	LEDGER_ARMINGS = 64,
	LEDGER_RULES = 32, /* of one fault_arm() */
};

/** A place in a source file; file is copied, because a helper has another image. */
struct ledger_site {
	char file[112];
	int line;
};

/** What settled the case. */
struct ledger_outcome {
	int verdict;
	char text[900], got[96], wanted[96], who[48];
	struct ledger_site site;
};

enum peer_state {
	PEER_RUNNING = 1,
	PEER_RESTING,
	PEER_ENDED, /* a thread returned, or a process is about to exit with 0 */
};

struct ledger_peer {
	_Atomic int state;   /* enum peer_state; also the futex of peer_rest */
	_Atomic int handled; /* handler runs; also a futex */
	_Atomic int settled; /* 1: joined or killed; 2: forgotten */
	_Atomic int helper_runs;
	_Atomic int in_word; /* above 0: its calls are the framework's own */
	_Atomic pid_t pid, tid;
	char name[40];
	struct ledger_site site; /* where it was started */
};

struct ledger_note {
	_Atomic int ready;
	int is_choice; /* of those that the standard leaves open */
	char key[48], value[208];
};

struct ledger_name {
	_Atomic int ready;
	char text[112];
};

struct ledger_sysctl {
	char name[96], old[64];
};

/** One fault_arm(): its rules, and their tallies, lie in the arena. */
struct ledger_arming {
	struct supervisor_gate gate;
	int slot; /* who armed */
	struct ledger_site site;
	size_t rule_count;
	size_t rules_at, tallies_at; /* from the start of the ledger */
};

/** What the processes of one point of a sweep have settled; the sweep reads and clears it. */
struct ledger_point {
	_Atomic int is_open; /* a point is being tried */
	_Atomic int settled;
	struct ledger_outcome outcome;
	_Atomic pid_t victim;
	_Atomic pid_t process; /* stands for the body: ledger_end() kills it */
	/* The processor time that it had used when the attack was over; 0 before. */
	_Atomic int64_t attacked_ns;
	_Atomic int64_t next_proof_ns; /* see standstill.c */
	_Atomic int reached_end;
};

struct ledger {
	uint32_t magic; /* LEDGER_MAGIC, unless a case wrote over the ledger */
	/* The outcome: 0 open, 1 being written, 2 written. */
	_Atomic int settled;
	struct ledger_outcome outcome;
	_Atomic int body_reached_end;
	_Atomic pid_t body;
	struct ledger_site
		last_mark; /* the last ck_assert or step that the body passed */

	/* What the body waits for, for the text of a timeout; "" when nothing. */
	char waiting_for[192];
	struct ledger_site waiting_at;

	_Atomic unsigned peer_count; /* slot 0 is the body */
	struct ledger_peer peers[LEDGER_PEERS];
	_Atomic unsigned note_count, notes_dropped;
	struct ledger_note notes[LEDGER_NOTES];
	_Atomic unsigned name_count;
	struct ledger_name names[LEDGER_NAMES]; /* handed out by own_name and own_path */
	_Atomic uint64_t keys_given[4];         /* bit n: own_key(n) was asked for */
	_Atomic unsigned sysctl_count;
	struct ledger_sysctl sysctls[LEDGER_SYSCTLS];
	_Atomic unsigned arming_count;
	struct ledger_arming armings[LEDGER_ARMINGS];
	_Atomic int faults_off; /* the body is done: calls are the framework's own */
	_Atomic unsigned race_arrived, race_round;
	_Atomic size_t arena_used;

	struct ledger_point point;

	/* Written by the worker before the case starts. */
	char unique[56];        /* goes into names; "" under isolation */
	char tmp[64];           /* the directory of own_path */
	uint32_t key_base;      /* of own_key; the low 8 bits are free */
	bool names_are_private; /* shm, mqueue, ipc and tmp all isolated */
	bool has_pid_namespace, has_ipc_namespace;
	int id_base;        /* the uid and gid that become_uid(0) would be */
	int proof;          /* enum proof */
	char sweep_at[128]; /* the one point of a sweep to visit; "": as the sweep says */
	bool sweep_exhaustive; /* visit all */

	/* Of a sweep: how many points in a row had which outcome (sweep_map.h); "" of others. */
	char map[LEDGER_MAP_BYTES];

	/* Written by the keeper. */
	char output[LEDGER_OUTPUT_BYTES];
	size_t output_used, output_dropped;
	char leftovers[LEDGER_LEFTOVER_BYTES]; /* one a line */
	bool leftovers_cut;
	int64_t started_us, ended_us; /* CLOCK_MONOTONIC around the case process */
	char check_said[256];         /* Check's message when the body ended oddly */
	int check_failed, check_run;
};

/** The mapping of the running case; NULL outside one.  The arena follows the struct. */
extern struct ledger *ledger;

/** Makes a new ledger at LEDGER_FD and maps it as `ledger`, replacing the last one.
 *  Returns false with errno. */
bool ledger_create(void);

/** Maps the ledger of the case to which this image was exec'd.  Returns false with errno. */
bool ledger_attach(void);

/** For the worker, before it believes what a case could have written over: terminates every
 *  string, and says whether the ledger can still be read. */
bool ledger_is_sane(void);

/** The slot of the calling process or thread; 0 is the body. */
int ledger_self(void);
void ledger_become(int slot);

/** "body", or the name of the peer in slot SLOT. */
const char *ledger_who(int slot);

/** From here on what the caller and its children settle concerns ledger->point only. */
void ledger_enter_point(void);

/** Copies a site. */
struct ledger_site ledger_site(const char *file, int line);

/** Settles the outcome unless that has been done, and ends the case: the body exits with
 *  status 1, anyone else kills the body first. */
void ledger_end(enum verdict verdict, struct ledger_site site, const char *got,
	const char *wanted, const char *format, ...)
	__attribute__((noreturn, format(printf, 5, 6)));

/** The same without ending; for the keeper and for ends that come anyway.  WHO may be NULL
 *  for the caller.  Returns whether this call settled it. */
bool ledger_settle(enum verdict verdict, const char *who, struct ledger_site site,
	const char *got, const char *wanted, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/** Says what the body waits for, until ledger_waits_no_more(). */
void ledger_waits(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void ledger_waits_no_more(void);

/** Adds "KIND NAME" to the leftovers. */
void ledger_leftover(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** The rules of ARMING, and how often each matched and acted. */
const struct rule *ledger_rules(const struct ledger_arming *arming);
struct supervisor_tally *ledger_tallies(const struct ledger_arming *arming);

/** Between the two the calls of the calling peer are not the case's, and no armed rule
 *  counts them. */
void ledger_word_begins(void);
void ledger_word_ends(void);

/** Waits while *WORD is VALUE, or wakes all who do; the word lies in the ledger. */
void ledger_futex_wait(_Atomic int *word, int value);
void ledger_futex_wake(_Atomic int *word);

#endif
