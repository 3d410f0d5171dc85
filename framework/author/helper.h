/*
 * helper: the entry of a peer's new image.  Internal.
 */
#ifndef ASSAY_AUTHOR_HELPER_H
#define ASSAY_AUTHOR_HELPER_H

/** Runs the helper ARGV[1] as the peer in slot ARGV[0], with the arguments that follow.
 *  Returns its exit status; ends the case `broken` when this image has no such helper. */
int helper_main(int argc, char **argv);

#endif
