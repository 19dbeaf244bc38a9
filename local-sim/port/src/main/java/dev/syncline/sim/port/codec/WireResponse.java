// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import java.util.List;
import java.util.Map;

/** An encoded answer. */
public record WireResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {}
