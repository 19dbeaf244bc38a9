// SPDX-License-Identifier: Apache-2.0
/** The Java runtimes: a JVM with AWS's runtime interface client. */
@NullMarked
package dev.syncline.sim.lambda.process.java;

import org.jspecify.annotations.NullMarked;
