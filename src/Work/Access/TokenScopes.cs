using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Work.Access;

/// <summary>What an API token may be used for; its owner's role bounds it further. Kept as bits: never change one.</summary>
public enum TokenScope : byte
{
    /// <summary>Whatever staff may read, contents of items too.</summary>
    Read = 1,

    /// <summary>Begin imports, send their content, and see how they went.</summary>
    Import = 2,

    /// <summary>Whatever staff may change, but for people, tokens and what has a scope of its own.</summary>
    Manage = 4,

    /// <summary>Have deliveries made, and download them.</summary>
    Deliver = 8,

    /// <summary>Tasks and reviews.</summary>
    Work = 16,
}

/// <summary>Which tokens an endpoint lets in: those that have one of these scopes. Where it names none: no token.</summary>
public sealed record TokenScopesNeeded(IReadOnlyList<TokenScope> AnyOf)
{
    private static readonly TokenScope[] Nobody = [];
    private static readonly TokenScope[] Reads = [TokenScope.Read];
    private static readonly TokenScope[] Manages = [TokenScope.Manage];
    private static readonly TokenScope[] Works = [TokenScope.Work];

    /// <summary>What an endpoint asks of a token: what it says itself, or what follows from its policy and method.</summary>
    /// <remarks>
    /// Staff's reads need <see cref="TokenScope.Read"/> and their other acts <see cref="TokenScope.Manage"/>; tasks and
    /// reviews need <see cref="TokenScope.Work"/>. Everything else is closed to tokens: an owner's acts, a person's own
    /// affairs, and an endpoint that says nothing.
    /// </remarks>
    public static IReadOnlyList<TokenScope> Of(Endpoint endpoint, string method)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Metadata.GetMetadata<TokenScopesNeeded>() is { } said)
            return said.AnyOf;
        var read = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        // A group's policies come before its endpoint's own.
        var policy = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is [.., var own] ? own.Policy : null;
        return policy switch
        {
            Policies.Staff => read ? Reads : Manages,
            Policies.Observer => read ? Reads : Nobody,
            Policies.Member or Policies.Reviewer => Works,
            _ => Nobody,
        };
    }
}

public static class TokenScopeRequirements
{
    /// <summary>Lets in tokens that have one of these scopes, instead of those that follow from policy and method.</summary>
    public static TBuilder ForTokens<TBuilder>(this TBuilder endpoints, params TokenScope[] anyOf)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new TokenScopesNeeded(anyOf));

    /// <summary>Lets in people alone: what is made here would outlive the token, or decides over access.</summary>
    public static TBuilder NotForTokens<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.ForTokens();
}
