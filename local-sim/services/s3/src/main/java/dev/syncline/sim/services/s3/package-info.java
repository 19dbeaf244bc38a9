// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon S3: general purpose buckets, what is set on them, and the versions of their objects in
 * memory, with tags, conditions, ranges, checksums, copies, lists, uploads in parts, presigned URLs
 * and forms. Encryption is kept and answered, and nothing is encrypted. Not simulated: access
 * control lists of objects, object locks, restoring from archives, queries, and directory buckets;
 * a request for one of them is refused by name. Unfinished uploads are not saved.
 *
 * <p>Read {@code S3Service}, then the {@code …Operations}: each has its table of operations with
 * their HTTP bindings on top, made of {@code S3Bindings}. The port's restXml codec reads and writes
 * requests by them. {@code S3Call} gives handlers the input by the names of the API reference, in
 * which the rules of {@code Checksums}, {@code ObjectAnswer} and {@code WriteCondition} are
 * written. {@code S3Text} has values that several nouns share. {@code Bucket} holds the versions,
 * and {@code S3Store} is its one writer, which tells {@code ObjectListener} of every change.
 * Signatures of URLs and forms are checked by the port.
 *
 * <p>{@code BucketSetting} lists what can be configured on a bucket, and {@code SettingOperations}
 * has the operations that all settings have in common. Which documents a setting takes is written
 * in {@code …Rules}, after {@code DocumentCheck} has compared them with S3's model. {@code
 * LifecycleRun}, {@code NotificationSender} and {@code BucketPages} apply settings.
 *
 * <p>Sources: the S3 API reference, the S3 user guide and S3's published model.
 */
@NullMarked
package dev.syncline.sim.services.s3;

import org.jspecify.annotations.NullMarked;
