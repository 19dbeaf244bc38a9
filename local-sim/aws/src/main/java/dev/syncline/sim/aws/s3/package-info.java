// SPDX-License-Identifier: Apache-2.0
/** S3: buckets and objects in memory, over its own REST and XML protocol. */
@NullMarked
package dev.syncline.sim.aws.s3;

import org.jspecify.annotations.NullMarked;
