// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

/** The callers that an endpoint allows. The port checks them before the endpoint runs. */
public enum Access {
  /**
   * Programs of this machine, at a loopback name. Not tasks and handlers inside the simulator, not
   * other machines, and not foreign web pages. For the simulator's own endpoints, which AWS does
   * not have.
   */
  LOCAL_PROGRAMS,

  /** Any program, and tasks and handlers inside the simulator. Not foreign web pages. */
  PROGRAMS,

  /**
   * Foreign web pages too, because AWS answers them: the endpoint decides on CORS by itself. For
   * data planes that AWS opens to browsers.
   */
  WEB_PAGES
}
