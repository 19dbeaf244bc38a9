// SPDX-License-Identifier: Apache-2.0
/** A simulator for the tests of a JUnit 5 class. */
@NullMarked
package dev.syncline.sim.junit;

import org.jspecify.annotations.NullMarked;
