// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** An operation that needs authorization. */
public enum EventOperation {
  /** Open a realtime connection. */
  CONNECT,
  /** Publish events to a channel. */
  PUBLISH,
  /** Subscribe to a channel. */
  SUBSCRIBE
}
