using Microsoft.OpenApi;

namespace Cofferdam.Server.Documentation;

/// <summary>The OpenAPI document of this node's API, at <c>/openapi/v1.json</c> and, for reading, in <c>docs/openapi.json</c>.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Cofferdam lab node",
                Version = "1",
                Description = "Errors are RFC 9457 problem details with a stable `code`. Unsafe methods are taken from the node's own origin alone.",
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            };
            // The address of the server that happened to make the document.
            document.Servers = [];
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi().AllowAnonymous();
}
