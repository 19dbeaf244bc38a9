// SPDX-License-Identifier: Apache-2.0
/** Load harnesses; each has a main method and prints what it measured. Never part of the build. */
@NullMarked
package dev.syncline.benchmarks;

import org.jspecify.annotations.NullMarked;
