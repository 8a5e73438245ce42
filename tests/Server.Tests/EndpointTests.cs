using System.Net;
using Cofferdam.Server.Hardening;
using Cofferdam.Work.Access;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>Every endpoint × every role, and × every scope, against <see cref="Entry.All"/>.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task Table_AgainstTheNode_HasALineForEachRouteAndNoOther()
    {
        await using var node = await RunningNode.StartAsync();

        // What is missing is printed as the line that would follow from its policy, for somebody to check and add.
        Call.All(node).Where(call => Entry.All.All(entry => entry.Route != call.Route))
            .Select(call => $"new(\"{call.Route}\", Who.{Capital(call.Policies[^1]!)}),").ShouldBeEmpty("routes without a line in EndpointTable.cs");
        Entry.All.Select(entry => entry.Route).Except(Call.All(node).Select(call => call.Route)).ShouldBeEmpty("lines in EndpointTable.cs without a route");
        Entry.All.Select(entry => entry.Route).ShouldBeUnique();
        Call.All(node, "/api/").Where(call => !call.Pattern.StartsWith(Call.Lab, StringComparison.Ordinal)).Select(call => $"{call.Method} {call.Pattern}")
            .ShouldBe(Entry.OfTheNode.Keys, ignoreOrder: true);
    }

    [Fact]
    public async Task EveryEndpoint_AskedInEveryRole_LetsInThoseOfTheTable()
    {
        await using var node = await StartAsync();
        using var owner = await node.OwnerAsync("acme");
        var ids = Ids(node);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var joined = node.Browse();
            var person = role is Role.Owner ? owner : joined;
            if (role is not Role.Owner)
                (await joined.EnrolAsync(await owner.InviteAsync("acme", Camel(role)), Camel(role), node.Clock)).Must(HttpStatusCode.NoContent);
            foreach (var call in Call.All(node))
            {
                var answer = await call.KnockAsync(person, call.Path("acme", ids));
                var entry = Entry.All.Single(entry => entry.Route == call.Route);
                Refused(answer, "not-allowed").ShouldBe(!Policies.Roles[entry.Policy].Contains(role), $"{call.Route} as {role}: {answer.Status} {answer.Text}");
            }
        }
    }

    [Fact]
    public async Task EveryEndpoint_AskedWithATokenOfEachScope_LetsInThoseOfTheTable()
    {
        await using var node = await StartAsync();
        using var owner = await node.OwnerAsync("acme");
        using var program = node.Browse();
        var ids = Ids(node);
        foreach (var scope in Enum.GetValues<TokenScope>())
        {
            var token = await owner.TokenAsync("acme", Camel(scope));
            foreach (var call in Call.All(node))
            {
                var answer = await call.KnockAsync(program, call.Path("acme", ids), Browser.Bearer(token));
                var entry = Entry.All.Single(entry => entry.Route == call.Route);
                Refused(answer, "token-scope").ShouldBe(!entry.Scopes.Contains(scope), $"{call.Route} for {scope}: {answer.Status} {answer.Text}");
            }

            foreach (var call in Call.All(node, "/api/").Where(call => Entry.OfTheNode.GetValueOrDefault($"{call.Method} {call.Pattern}")))
                Refused(await call.KnockAsync(program, call.Path("", ids), Browser.Bearer(token)), "token-scope").ShouldBeTrue(call.Pattern);
        }
    }

    private static Task<RunningNode> StartAsync() => RunningNode.StartAsync(with: options => options with
    {
        RateLimits = new RateLimitSettings { Refusals = new RateLimit(100_000, 100_000), Token = new RateLimit(100_000, 100_000), SignIn = new RateLimit(100_000, 100_000) },
    });

    /// <summary>Ids of nothing: whoever is let in finds nothing there.</summary>
    private static Dictionary<string, string> Ids(RunningNode node) =>
        Call.All(node, "/api/").SelectMany(call => call.Ids).Distinct().ToDictionary(name => name, _ => Guid.NewGuid().ToString(), StringComparer.Ordinal);

    private static bool Refused(Answer answer, string code)
    {
        answer.Status.ShouldNotBe(HttpStatusCode.Unauthorized);
        answer.Status.ShouldNotBe(HttpStatusCode.TooManyRequests);
        return answer.Status == HttpStatusCode.Forbidden && answer.Code == code;
    }

    private static string Camel<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Capital(string policy) => policy == Policies.AnyRole ? nameof(Policies.AnyRole) : char.ToUpperInvariant(policy[0]) + policy[1..];
}
