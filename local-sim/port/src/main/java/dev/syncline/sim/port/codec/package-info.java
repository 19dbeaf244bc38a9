// SPDX-License-Identifier: Apache-2.0
/** The wire protocols: aws-json, rest-json and query as codecs between HTTP and operations. */
@NullMarked
package dev.syncline.sim.port.codec;

import org.jspecify.annotations.NullMarked;
