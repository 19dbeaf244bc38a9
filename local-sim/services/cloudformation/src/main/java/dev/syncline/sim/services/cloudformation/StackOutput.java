// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import org.jspecify.annotations.Nullable;

/** An output of a stack. */
record StackOutput(
    String key, String value, @Nullable String description, @Nullable String exportName) {}
