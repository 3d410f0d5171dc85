/*
 * Exec leaves a FIFO open that was opened with O_CLOEXEC.
 */
#include "pipe/exec_ignores_cloexec.c"
