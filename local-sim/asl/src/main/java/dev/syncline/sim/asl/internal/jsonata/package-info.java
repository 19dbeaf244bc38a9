// SPDX-License-Identifier: Apache-2.0
/**
 * JSONata 2.0.6, the version that Step Functions documents: parser, evaluator and functions,
 * written after the reference implementation (jsonata-js 2.0.6, MIT licence), with the functions,
 * limits and error texts that Step Functions has. A value is a {@link java.lang.String}, a {@link
 * java.lang.Boolean}, a {@link java.lang.Double}, a {@link java.util.Map}, a {@link
 * dev.syncline.sim.asl.internal.jsonata.Sequence}, a function, or {@link
 * dev.syncline.sim.asl.internal.jsonata.JsonNull}; Java's null is JSONata's undefined.
 */
@NullMarked
package dev.syncline.sim.asl.internal.jsonata;

import org.jspecify.annotations.NullMarked;
