# `make install` and `make uninstall`, below $(DESTDIR)$(PREFIX).

# What <assay.h> includes, as the compiler sees it, is installed beside it and in the same places
# relative to one -I, so that the files are those of the source tree.
HEADERS = $(sort $(filter framework/% injectors/%,$(shell $(CC) -MM -D_GNU_SOURCE -Iframework/shared \
	-Iinjectors -Iframework $(CHECK_CFLAGS) framework/assay.h)))
AUTHOR_HEADERS = $(filter framework/author/%,$(HEADERS))

BASH_COMPLETIONS ?= $(PREFIX)/share/bash-completion/completions
TO = $(DESTDIR)$(PREFIX)

$(BUILD)/libassay.pc: tools/libassay.pc.in FORCE
	@mkdir -p $(@D)
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' $< >$@

install: all $(BUILD)/libassay.a $(BUILD)/libassay.pc ## runner, worker, library, headers, manual (PREFIX, DESTDIR)
	$(INSTALL) -d $(TO)/bin $(TO)/libexec/assay $(TO)/lib/pkgconfig $(TO)/include/assay/author \
		$(TO)/share/assay/expectations $(TO)/share/man/man1 $(TO)/share/doc/assay \
		$(DESTDIR)$(BASH_COMPLETIONS)
	$(INSTALL) $(BUILD)/assay $(TO)/bin/
	$(INSTALL) $(BUILD)/assay-worker $(TO)/libexec/assay/
	$(INSTALL) -m 644 $(BUILD)/libassay.a $(TO)/lib/
	$(INSTALL) -m 644 $(BUILD)/libassay.pc $(TO)/lib/pkgconfig/
	$(INSTALL) -m 644 $(filter-out $(AUTHOR_HEADERS),$(HEADERS)) $(TO)/include/assay/
	$(INSTALL) -m 644 $(AUTHOR_HEADERS) $(TO)/include/assay/author/
	$(INSTALL) -m 644 $(wildcard expectations/*) $(TO)/share/assay/expectations/
	$(INSTALL) -m 644 man/assay.1 $(TO)/share/man/man1/
	$(INSTALL) -m 644 completions/assay $(DESTDIR)$(BASH_COMPLETIONS)/
	$(INSTALL) -m 644 README.md LICENSE $(wildcard docs/*.md docs/*.json) $(TO)/share/doc/assay/

uninstall: ## remove what `make install` with the same PREFIX and DESTDIR installed
	rm -f $(TO)/bin/assay $(TO)/lib/libassay.a $(TO)/lib/pkgconfig/libassay.pc \
		$(TO)/share/man/man1/assay.1 $(DESTDIR)$(BASH_COMPLETIONS)/assay
	rm -rf $(TO)/libexec/assay $(TO)/include/assay $(TO)/share/assay $(TO)/share/doc/assay

.PHONY: install uninstall
