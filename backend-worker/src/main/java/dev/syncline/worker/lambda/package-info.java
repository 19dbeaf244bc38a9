// SPDX-License-Identifier: Apache-2.0
/** Hosts the job core in a Lambda function that the bridge invokes asynchronously. */
@NullMarked
package dev.syncline.worker.lambda;

import org.jspecify.annotations.NullMarked;
