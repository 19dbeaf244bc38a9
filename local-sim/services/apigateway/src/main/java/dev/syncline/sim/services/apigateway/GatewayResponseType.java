// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

/** The gateway's own responses, with their defaults. */
enum GatewayResponseType {
  DEFAULT_4XX(0, "", ""),
  DEFAULT_5XX(0, "", ""),
  RESOURCE_NOT_FOUND(404, "Not Found", "NotFoundException"),
  UNAUTHORIZED(401, "Unauthorized", "UnauthorizedException"),
  INVALID_API_KEY(403, "Forbidden", "ForbiddenException"),
  ACCESS_DENIED(403, "Forbidden", "AccessDeniedException"),
  AUTHORIZER_FAILURE(500, "", "AuthorizerFailureException"),
  AUTHORIZER_CONFIGURATION_ERROR(500, "", "AuthorizerConfigurationException"),
  INVALID_SIGNATURE(403, "Forbidden", "InvalidSignatureException"),
  EXPIRED_TOKEN(403, "Forbidden", "ExpiredTokenException"),
  MISSING_AUTHENTICATION_TOKEN(
      403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
  INTEGRATION_FAILURE(504, "Internal server error", "InternalServerErrorException"),
  INTEGRATION_TIMEOUT(504, "Endpoint request timed out", "InternalServerErrorException"),
  API_CONFIGURATION_ERROR(500, "Internal server error", "InternalServerErrorException"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", "UnsupportedMediaTypeException"),
  BAD_REQUEST_PARAMETERS(400, "Missing required request parameters", "BadRequestException"),
  BAD_REQUEST_BODY(400, "Invalid request body", "BadRequestException"),
  REQUEST_TOO_LARGE(413, "Request Too Long", "RequestTooLargeException"),
  THROTTLED(429, "Too Many Requests", "TooManyRequestsException"),
  QUOTA_EXCEEDED(429, "Limit Exceeded", "LimitExceededException"),
  WAF_FILTERED(403, "Forbidden", "ForbiddenException");

  private final int status;
  private final String message;
  private final String errorType;

  GatewayResponseType(int status, String message, String errorType) {
    this.status = status;
    this.message = message;
    this.errorType = errorType;
  }

  int status() {
    return status;
  }

  String message() {
    return message;
  }

  String errorType() {
    return errorType;
  }
}
