// SPDX-License-Identifier: Apache-2.0
/** A scripted peer for tests of programs that publish. */
@NullMarked
package dev.syncline.testing;

import org.jspecify.annotations.NullMarked;
