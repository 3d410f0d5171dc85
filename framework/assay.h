/*
 * assay.h: all that a case may use.  A suite file includes this and the headers of the
 * mechanism that it checks, nothing else of the framework.
 */
#ifndef ASSAY_H
#define ASSAY_H

#include "author/arena.h"
#include "author/blocked.h"
#include "author/case.h"
#include "author/claim.h"
#include "author/confinement.h"
#include "author/failing.h"
#include "author/fault.h"
#include "author/handler.h"
#include "author/hang.h"
#include "author/lost.h"
#include "author/names.h"
#include "author/note.h"
#include "author/peer.h"
#include "author/schedule.h"
#include "author/silence.h"
#include "author/stamp.h"
#include "author/sweep.h"
#include "fill.h"

#endif
