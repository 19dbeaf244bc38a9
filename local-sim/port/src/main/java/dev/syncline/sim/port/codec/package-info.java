// SPDX-License-Identifier: Apache-2.0
/** The wire protocols: aws-json, query, rest-json and rest-xml, each a codec. */
@NullMarked
package dev.syncline.sim.port.codec;

import org.jspecify.annotations.NullMarked;
