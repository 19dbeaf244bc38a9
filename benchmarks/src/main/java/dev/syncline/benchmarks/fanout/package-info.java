// SPDX-License-Identifier: Apache-2.0
/** AppSync Events' data plane under load, beside a bare Netty loop. */
@NullMarked
package dev.syncline.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
