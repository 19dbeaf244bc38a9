// SPDX-License-Identifier: Apache-2.0
/** Builds the worker from its environment; the program of {@code java -jar}. */
@NullMarked
package dev.syncline.worker.process;

import org.jspecify.annotations.NullMarked;
