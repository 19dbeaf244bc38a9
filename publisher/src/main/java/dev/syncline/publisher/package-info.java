// SPDX-License-Identifier: Apache-2.0
/**
 * The client side of AWS AppSync Events: channels, credentials, endpoints, and a publisher over
 * HTTP.
 */
@NullMarked
package dev.syncline.publisher;

import org.jspecify.annotations.NullMarked;
