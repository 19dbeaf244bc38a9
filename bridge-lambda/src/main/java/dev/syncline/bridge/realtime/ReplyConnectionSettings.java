// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import java.net.URI;

/**
 * Where a {@link ReplyConnection} connects to, and its time limit. Immutable.
 *
 * @param uri of the WebSocket
 * @param httpHost the API's HTTP host, which the credentials name
 * @param acknowledgeMillis how long connecting and subscribing may take
 */
public record ReplyConnectionSettings(URI uri, String httpHost, long acknowledgeMillis) {}
