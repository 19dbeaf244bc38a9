// SPDX-License-Identifier: Apache-2.0
/**
 * What takes the place of the native class in AWS's runtime interface client, in Java alone. These
 * classes run in a function's process and never here: {@link
 * dev.syncline.sim.lambda.process.RuntimeInterfaceClient} gives them the names that AWS's client
 * calls.
 */
@NullMarked
package dev.syncline.sim.lambda.process.java.client;

import org.jspecify.annotations.NullMarked;
