// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** What a client asks leave for. */
public enum EventOperation {
  /** Open a realtime connection. */
  CONNECT,
  /** Publish events to a channel. */
  PUBLISH,
  /** Subscribe to a channel. */
  SUBSCRIBE
}
