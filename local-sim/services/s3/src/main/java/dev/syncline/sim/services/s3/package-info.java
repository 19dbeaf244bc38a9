// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon S3: buckets and objects, held in memory and gone when the simulator stops, over S3's own
 * REST and XML protocol and through the dispatcher.
 */
@NullMarked
package dev.syncline.sim.services.s3;

import org.jspecify.annotations.NullMarked;
