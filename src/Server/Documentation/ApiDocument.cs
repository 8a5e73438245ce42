using Cofferdam.Storage;
using Microsoft.OpenApi;

namespace Cofferdam.Server.Documentation;

/// <summary>The OpenAPI document of this node's API, at <c>/openapi/v1.json</c> and, for reading, in <c>docs/openapi.json</c>.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    public static void AddApiDocument(this IServiceCollection services, StoreRole role) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = role is StoreRole.Lab ? "Cofferdam lab node" : "Cofferdam vendor node",
                Version = "1",
                Description = "Errors are RFC 9457 problem details with a stable `code`. Unsafe methods are taken from the node's own origin alone. Programs send a token: `Authorization: Bearer cof_…`.",
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            };
            // The address of the server that happened to make the document.
            document.Servers = [];
            foreach (var (path, item) in document.Paths)
            {
                foreach (var (_, operation) in item.Operations ?? [])
                    NamePathParameters(path, operation);
            }

            return Task.CompletedTask;
        });
    });

    // Lab and project are read from the route outside of the handlers' parameters, where the generator does not look.
    private static void NamePathParameters(string path, OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        var at = 0;
        foreach (var part in path.Split('/').Where(part => part.StartsWith('{')))
        {
            var name = part.Trim('{', '}');
            if (operation.Parameters.All(parameter => parameter.Name != name))
            {
                operation.Parameters.Insert(at, new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            at++;
        }
    }

    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi().AllowAnonymous();
}
