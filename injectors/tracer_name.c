/*
 * tracer_name: from an address to a function, by /proc/self/maps and the symbol tables of the
 * files mapped there, so that it works in static programs too.
 */
#include "tracer.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* The file behind ADDRESS. */
struct image {
	uintptr_t start;      /* of the mapping that holds it */
	unsigned long offset; /* of that mapping in the file */
	char path[256];
	const unsigned char *bytes;
	size_t size;
};

static bool find_image(uintptr_t address, struct image *out)
{
	FILE *const maps = fopen("/proc/self/maps", "re");
	char line[512];
	bool found = false;

	while (maps && !found && fgets(line, sizeof(line), maps)) {
		unsigned long start, end;
		out->path[0] = '\0';
		if (sscanf(line, "%lx-%lx %*s %lx %*s %*s %255s", &start, &end,
			    &out->offset, out->path) < 3)
			continue;
		out->start = start;
		found = address >= start && address < end;
	}
	if (maps)
		(void)fclose(maps);
	return found && out->path[0] != '\0';
}

/* The program itself may be hidden by a private mount; its magic link is not. */
static bool map_image(struct image *image)
{
	char own[256] = "";
	struct stat status;
	const ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);
	const bool is_own = length > 0 && strcmp(own, image->path) == 0;
	const int fd =
		open(is_own ? "/proc/self/exe" : image->path, O_RDONLY | O_CLOEXEC);

	image->bytes = NULL;
	if (fd < 0)
		return false;
	if (fstat(fd, &status) == 0 && status.st_size > (off_t)sizeof(ElfW(Ehdr))) {
		image->size = (size_t)status.st_size;
		void *const at = mmap(NULL, image->size, PROT_READ, MAP_PRIVATE, fd, 0);
		image->bytes = at == MAP_FAILED ? NULL : at;
	}
	(void)close(fd);
	return image->bytes && memcmp(image->bytes, ELFMAG, SELFMAG) == 0;
}

static bool has(const struct image *image, size_t offset, size_t size)
{
	return offset <= image->size && size <= image->size - offset;
}

/* The address that the file itself gives to byte OFFSET. */
static uintptr_t address_in_file(const struct image *image, unsigned long offset)
{
	const ElfW(Ehdr) *const header = (const void *)image->bytes;
	const ElfW(Phdr) *const segments = (const void *)(image->bytes + header->e_phoff);

	if (!has(image, header->e_phoff, header->e_phnum * sizeof(*segments)))
		return 0;
	for (int i = 0; i < header->e_phnum; i++)
		if (segments[i].p_type == PT_LOAD && offset >= segments[i].p_offset &&
			offset < segments[i].p_offset + segments[i].p_filesz)
			return segments[i].p_vaddr + (offset - segments[i].p_offset);
	return 0;
}

/* The function in symbol table SECTION that covers ADDRESS. */
static const char *look_up(const struct image *image, const ElfW(Shdr) * section,
	const ElfW(Shdr) * strings, uintptr_t address, unsigned long *offset)
{
	const ElfW(Sym) *const symbols =
		(const void *)(image->bytes + section->sh_offset);

	if (!has(image, section->sh_offset, section->sh_size) ||
		!has(image, strings->sh_offset, strings->sh_size))
		return NULL;
	for (size_t i = 0; i < section->sh_size / sizeof(*symbols); i++) {
		const ElfW(Sym) *const symbol = &symbols[i];
		const int type = symbol->st_info & 0xf;
		if ((type != STT_FUNC && type != STT_GNU_IFUNC) ||
			address - symbol->st_value >= symbol->st_size ||
			symbol->st_name >= strings->sh_size)
			continue;
		*offset = address - symbol->st_value;
		return (const char *)image->bytes + strings->sh_offset + symbol->st_name;
	}
	return NULL;
}

static const char *find_symbol(const struct image *image, uintptr_t address,
	unsigned long *offset)
{
	const ElfW(Ehdr) *const header = (const void *)image->bytes;
	const ElfW(Shdr) *const sections = (const void *)(image->bytes + header->e_shoff);
	const char *name = NULL;

	if (!has(image, header->e_shoff, header->e_shnum * sizeof(*sections)))
		return NULL;
	for (int i = 0; !name && i < header->e_shnum; i++) {
		const bool is_table = sections[i].sh_type == SHT_SYMTAB ||
			sections[i].sh_type == SHT_DYNSYM;
		if (is_table && sections[i].sh_link < header->e_shnum)
			name = look_up(image, &sections[i],
				&sections[sections[i].sh_link], address, offset);
	}
	return name;
}

void tracer_name_address(uintptr_t address, char *text, size_t size)
{
	struct image image;

	(void)snprintf(text, size, "%#lx", (unsigned long)address);
	if (!find_image(address, &image))
		return;
	unsigned long offset = address - image.start + image.offset;
	const char *const slash = strrchr(image.path, '/');
	(void)snprintf(text, size, "%s+%#lx", slash ? slash + 1 : image.path, offset);
	if (!map_image(&image))
		return;
	const uintptr_t in_file = address_in_file(&image, offset);
	const char *const name = in_file ? find_symbol(&image, in_file, &offset) : NULL;
	if (name)
		(void)snprintf(text, size, "%s+%#lx", name, offset);
	(void)munmap((void *)(uintptr_t)image.bytes, image.size);
}
