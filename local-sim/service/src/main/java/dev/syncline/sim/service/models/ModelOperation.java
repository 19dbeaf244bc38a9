// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import java.util.List;
import java.util.Optional;

/**
 * An operation of a service's model.
 *
 * <p>Immutable.
 *
 * @param name as AWS spells it, for example {@code CreateStateMachine}
 * @param httpMethod for example {@code POST}
 * @param requestUri the path, with labels in braces, and fixed query parameters
 * @param responseCode the HTTP status code of success, 200 by default
 * @param input the shape of the input; empty where the operation takes none
 * @param output the shape of the output; empty where the operation gives none
 * @param errors the errors that the model lists for this operation
 * @param resultWrapper the XML element that holds the output, for the query protocol
 * @param hostPrefix what precedes the endpoint's host name, where the model has it
 * @param signed whether requests are signed
 * @param deprecated whether AWS deprecated it
 */
public record ModelOperation(
    String name,
    String httpMethod,
    String requestUri,
    int responseCode,
    Optional<ModelShape.Structure> input,
    Optional<ModelShape.Structure> output,
    List<ModelShape.Structure> errors,
    Optional<String> resultWrapper,
    Optional<String> hostPrefix,
    boolean signed,
    boolean deprecated) {}
