// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.Headers;

/**
 * What a backend answered. Immutable.
 *
 * @param selection the text that selection patterns are matched with: a status, or the message of a
 *     function's error
 */
record IntegrationAnswer(String selection, Headers headers, byte[] body) {}
