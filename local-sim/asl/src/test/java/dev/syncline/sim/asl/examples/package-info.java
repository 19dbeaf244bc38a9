// SPDX-License-Identifier: Apache-2.0
/** The examples of docs/testing-a-workflow.md, which a test keeps equal to the page. */
@NullMarked
package dev.syncline.sim.asl.examples;

import org.jspecify.annotations.NullMarked;
