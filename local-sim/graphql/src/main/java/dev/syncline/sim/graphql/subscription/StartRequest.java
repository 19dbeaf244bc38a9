// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A {@code start} that waits for authorization.
 *
 * @param id as the client chose it
 * @param data the request's text, which the client may have signed
 * @param query the document
 * @param variables empty without variables
 * @param operationName null without a name
 * @param authorization the headers in {@code extensions.authorization}; a missing node without
 */
public record StartRequest(
    String id,
    String data,
    String query,
    ObjectNode variables,
    @Nullable String operationName,
    JsonNode authorization) {}
