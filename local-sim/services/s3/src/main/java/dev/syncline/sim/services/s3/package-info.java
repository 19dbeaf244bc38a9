// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon S3: general purpose buckets and their objects in memory, with conditions, ranges,
 * checksums, copies, lists and multipart uploads. Not simulated: versioning, access control,
 * encryption with keys, lifecycle rules, notifications, and directory buckets; a request for one of
 * them is refused by name. Unfinished uploads are not saved.
 *
 * <p>Read {@code S3Service}, then the {@code …Operations}: each has its table of operations with
 * their HTTP bindings on top, made of {@code S3Bindings}. The port's restXml codec reads and writes
 * requests by them. {@code S3Call} gives handlers the input by the names of the API reference, in
 * which the rules of {@code Checksums}, {@code ObjectAnswer} and {@code WriteCondition} are
 * written. {@code S3Text} has values that several nouns share.
 *
 * <p>Sources: the S3 API reference, the S3 user guide and S3's published model.
 */
@NullMarked
package dev.syncline.sim.services.s3;

import org.jspecify.annotations.NullMarked;
