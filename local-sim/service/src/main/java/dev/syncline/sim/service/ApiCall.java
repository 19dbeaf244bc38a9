// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.kernel.JournalRecord;

/**
 * The journal event of an answered API call.
 *
 * @param service the id of the service
 * @param operation as AWS spells it; empty when the request names none
 * @param status the HTTP status
 * @param code the error code, empty for a success
 * @param requestId the id in the response
 */
public record ApiCall(String service, String operation, int status, String code, String requestId)
    implements JournalRecord {
  @Override
  public String source() {
    return "port";
  }
}
