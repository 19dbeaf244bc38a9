// SPDX-License-Identifier: Apache-2.0
/** The worker put together from its environment, and the program {@code java -jar}. */
@NullMarked
package dev.syncline.worker.process;

import org.jspecify.annotations.NullMarked;
