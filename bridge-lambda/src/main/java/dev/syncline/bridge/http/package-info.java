// SPDX-License-Identifier: Apache-2.0
/** Reads API Gateway proxy events; writes proxy responses and RFC 9457 problem documents. */
@NullMarked
package dev.syncline.bridge.http;

import org.jspecify.annotations.NullMarked;
