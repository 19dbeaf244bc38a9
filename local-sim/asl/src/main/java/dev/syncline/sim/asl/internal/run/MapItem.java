// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;

/** What <code>$$.Map.Item</code> shows. */
record MapItem(int index, JsonNode value) {}
