using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Server.Tests;

/// <summary>One endpoint and method, as the running node lists them: nothing here needs to know a new one.</summary>
/// <param name="Pattern">As the OpenAPI document has it.</param>
/// <param name="Ids">Parameters that are ids.</param>
/// <param name="MediaType">Of its body.</param>
internal sealed partial record Call(HttpMethod Method, string Pattern, IReadOnlyList<string> Ids, IReadOnlyList<string?> Policies, string MediaType)
{
    public const string Lab = "/api/labs/{lab}";

    /// <summary>Method and path below a lab.</summary>
    public string Route => $"{Method} {Pattern[Lab.Length..]}";

    /// <summary>Every endpoint of the API, the labs' alone where a prefix says so.</summary>
    public static List<Call> All(RunningNode node, string below = Lab)
    {
        var calls = node.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(below, StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => new Call(
                new HttpMethod(method),
                Constraint().Replace(endpoint.RoutePattern.RawText!, "{$1}").TrimEnd('/'),
                [.. endpoint.RoutePattern.Parameters.Where(parameter => parameter.ParameterPolicies.Any(policy => policy.Content == "guid")).Select(parameter => parameter.Name)],
                [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy)],
                endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json")))
            .ToList();
        calls.Count.ShouldBeGreaterThan(15);
        return calls;
    }

    public string Path(string lab, IReadOnlyDictionary<string, string> ids) =>
        Parameter().Replace(Pattern, match => match.Groups[1].Value switch
        {
            "lab" => lab,
            var name when Ids.Contains(name) => ids[name],
            _ => "1",
        });

    /// <summary>Asks with a body that the endpoint can read.</summary>
    public Task<Answer> SendAsync(Browser person, string path, JsonNode document)
    {
        var content = document["paths"]?[Pattern]?[Method.Method.ToLowerInvariant()]?["requestBody"]?["content"];
        HttpContent? body = content?["application/json"]?["schema"] is { } schema
            ? new StringContent(Sample.Of(schema, document)!.ToJsonString(), Encoding.UTF8, "application/json")
            : Method == HttpMethod.Put || Method == HttpMethod.Post ? new StringContent("", Encoding.UTF8, MediaType is "application/json" ? "application/x-ndjson" : MediaType) : null;
        return person.SendAsync(Method, path, body, request => request.Headers.TryAddWithoutValidation("If-Match", "\"1\""));
    }

    /// <summary>Asks with a body that no endpoint can read: who is let in changes nothing.</summary>
    /// <param name="with">What else to send along.</param>
    public Task<Answer> KnockAsync(Browser person, string path, Action<HttpRequestMessage>? with = null) =>
        person.SendAsync(Method, path, Method == HttpMethod.Get ? null : new StringContent("[", Encoding.UTF8, MediaType), with);

    [GeneratedRegex(@"\{(\w+):[^}]*\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
