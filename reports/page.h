/*
 * page: the page of the html report, with the mark @DATA@ where its data goes.
 */
#ifndef ASSAY_REPORTS_PAGE_H
#define ASSAY_REPORTS_PAGE_H

/** The whole page, terminated. */
extern const char page_html[];

#endif
