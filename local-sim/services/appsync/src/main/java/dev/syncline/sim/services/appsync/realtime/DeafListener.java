// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

import dev.syncline.sim.service.http.WebSocketListener;

/** Stands in for a connection that was refused. */
public final class DeafListener implements WebSocketListener {
  @Override
  public void onText(String message) {}

  @Override
  public void onClosed(int code, String reason) {}
}
