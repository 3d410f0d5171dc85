# Workers for other C libraries and machines, each static and in a build directory of its own
# (docs/targets.md).  They need no built-in worker: `make all` builds that.
MUSL := $(CURDIR)/build/musl
WORKER_TRIPLE_i386 := i686-linux-gnu
WORKER_TRIPLE_arm64 := aarch64-linux-gnu
WORKER_TRIPLE_s390x := s390x-linux-gnu

worker-musl: ## a static worker with musl: build/musl/assay-worker
	@$(SETUP) worker-musl
	@tools/musl-deps.sh $(MUSL)/deps
	@+$(SUBMAKE) BUILD=build/musl CC=musl-gcc CHECK_CFLAGS= LDFLAGS=-static \
		CPPFLAGS="-I$(MUSL)/deps/include -idirafter $(MUSL)/deps/kernel-headers \
		-DASSAY_LIBC='\"musl $$(dpkg-query -W -f '$${Version}' musl-dev | sed 's/-.*//')\"'" \
		WORKER_LIBS='-L$(MUSL)/deps/lib -lcheck -lseccomp -lm' build/musl/assay-worker

# GCC tells of an ABI that it had until version 11.
WORKER_CPPFLAGS_i386 := -Wno-psabi

worker-i386: ## static workers of other machines: build/i386, build/arm64, build/s390x
worker-arm64:
worker-s390x:
worker-i386 worker-arm64 worker-s390x: worker-%:
	@$(SETUP) worker-$*
	@+$(SUBMAKE) BUILD=build/$* CC=$(WORKER_TRIPLE_$*)-gcc CHECK_CFLAGS= LDFLAGS=-static \
		CPPFLAGS='$(WORKER_CPPFLAGS_$*)' \
		WORKER_LIBS='-lcheck -lsubunit -lseccomp -lrt -lm' build/$*/assay-worker

.PHONY: worker-musl worker-i386 worker-arm64 worker-s390x

worker-static: ## a static worker with this machine's C library, for machines that have none
	@$(SETUP) run
	@+$(SUBMAKE) BUILD=build/static LDFLAGS=-static CHECK_CFLAGS= \
		WORKER_LIBS='-lcheck -lsubunit -lseccomp -lrt -lm' build/static/assay-worker

vm-6.1 vm-6.12: vm-%: worker-static ## a virtual machine with a kernel of Debian, for tools/targets/vm.sh
	@$(SETUP) vm
	tools/targets/vm-build.sh $* build/static/assay-worker build/vm-$*

uml: worker-static ## user-mode Linux, for tools/targets/uml.sh
	@$(SETUP) uml
	tools/targets/vm-build.sh uml build/static/assay-worker build/vm-uml

gvisor: worker-static ## what tools/targets/gvisor.sh needs
	@$(SETUP) gvisor

.PHONY: worker-static vm-6.1 vm-6.12 uml gvisor

# Those of tools/targets/all.ini, and which target of make builds what each needs.
TARGETS := musl i386 arm64 s390x gvisor uml vm-6.1 vm-6.12
BUILDS_gvisor := gvisor
BUILDS_uml := uml
BUILDS_vm-6.1 := vm-6.1
BUILDS_vm-6.12 := vm-6.12

test-targets: $(foreach target,$(TARGETS),$(or $(BUILDS_$(target)),worker-$(target)))
test-targets: ## the whole suite on other libcs, machines and kernels (TARGETS='musl uml')
	@+$(SUBMAKE) all
	$(BUILD)/assay run -q --targets tools/targets/all.ini $(addprefix -t ,$(TARGETS)) $(ARGS)

.PHONY: test-targets
