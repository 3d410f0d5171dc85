#include "queue.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

struct mq_attr queue_tiny(void)
{
	return (struct mq_attr){.mq_maxmsg = QUEUE_DEPTH, .mq_msgsize = QUEUE_BYTES};
}

mqd_t queue_made(const char *tag, int oflag)
{
	return queue_made_of(tag, oflag, QUEUE_DEPTH, QUEUE_BYTES);
}

mqd_t queue_made_of(const char *tag, int oflag, long depth, long bytes)
{
	struct mq_attr attributes = {.mq_maxmsg = depth, .mq_msgsize = bytes};

	return need(mq_open(own_name(tag), O_CREAT | O_EXCL | oflag, 0600, &attributes));
}

mqd_t queue_tried(const char *tag, long depth, long bytes)
{
	struct mq_attr attributes = {.mq_maxmsg = depth, .mq_msgsize = bytes};

	return mq_open(own_name(tag), O_CREAT | O_EXCL | O_RDWR, 0600, &attributes);
}

mqd_t queue_opened(const char *tag, int oflag)
{
	return need(mq_open(own_name(tag), oflag));
}

struct mq_attr queue_attributes(mqd_t queue)
{
	struct mq_attr attributes;

	need(mq_getattr(queue, &attributes));
	return attributes;
}

long queue_messages(mqd_t queue)
{
	return queue_attributes(queue).mq_curmsgs;
}

void queue_put(mqd_t queue, const char *text, unsigned priority)
{
	const struct timespec past = long_ago();

	need(mq_timedsend(queue, text, strlen(text), priority, &past));
}

const char *queue_name_of(size_t bytes)
{
	const char *const own = own_name("n");
	const size_t have = strlen(own);
	char *const name = arena(1 + bytes + 1);

	memset(name, 'n', 1 + bytes);
	memcpy(name, own, have);
	return name;
}

const char *queues_mounted(const char *tag)
{
	const char *const directory = own_path(tag);

	need(mkdir(directory, 0700));
	need(mount("assay", directory, "mqueue", 0, NULL));
	return directory;
}

const char *queue_below(const char *directory, const char *tag)
{
	const char *const name = own_name(tag);
	const size_t size = strlen(directory) + strlen(name) + 1;
	char *const path = arena(size);

	need(snprintf(path, size, "%s%s", directory, name));
	return path;
}

int queues_listed(const char *directory)
{
	DIR *const listing = need(opendir(directory));
	int count = 0;

	for (const struct dirent *entry; (entry = readdir(listing));)
		count += strcmp(entry->d_name, ".") != 0 &&
			strcmp(entry->d_name, "..") != 0;
	need(closedir(listing));
	return count;
}
