// SPDX-License-Identifier: Apache-2.0
/** API Gateway's proxy event in, its proxy response and RFC 9457 problem documents out. */
@NullMarked
package dev.syncline.bridge.http;

import org.jspecify.annotations.NullMarked;
