#include "status.h"

#include <sys/ipc.h>

#include "assay.h"

struct compared {
	const char *member;
	long long got, wanted;
};

#define COMPARED(member) \
	((struct compared){#member, (long long)got.member, (long long)wanted.member})

void status_must_equal_at(struct msqid_ds got, struct msqid_ds wanted, const char *file,
	int line)
{
	const struct compared all[] = {
		COMPARED(msg_perm.__key),
		COMPARED(msg_perm.uid),
		COMPARED(msg_perm.gid),
		COMPARED(msg_perm.cuid),
		COMPARED(msg_perm.cgid),
		COMPARED(msg_perm.mode),
		COMPARED(msg_perm.__seq),
		COMPARED(msg_stime),
		COMPARED(msg_rtime),
		COMPARED(msg_ctime),
		COMPARED(msg_cbytes),
		COMPARED(msg_qnum),
		COMPARED(msg_qbytes),
		COMPARED(msg_lspid),
		COMPARED(msg_lrpid),
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].got != all[i].wanted)
			claim_assert_failed(file, line, "status_must_equal",
				"%s is %lld, wanted %lld", all[i].member, all[i].got,
				all[i].wanted);
}
