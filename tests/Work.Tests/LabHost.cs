using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Security.Cryptography;
using Cofferdam.ApiClient;
using Cofferdam.Storage;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using BrowserKey = Cofferdam.ApiClient.BrowserKey;

namespace Cofferdam.Work.Tests;

/// <summary>The routes of this room over HTTP on the real vault. Who somebody is, is said in a header: sign-in has its own tests.</summary>
internal sealed class LabHost : IAsyncDisposable
{
    private const string Header = "x-person";

    private readonly TestStore test;
    private readonly Dictionary<string, Actor> people = [];
    private readonly Dictionary<string, BrowserKey> keys = [];
    private WebApplication app = null!;
    private VaultDoor vault = null!;

    private LabHost(TestStore test) => this.test = test;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public IVault Vault => vault;

    public Store Store => app.Services.GetRequiredService<Store>();

    public ManualClock Time { get; } = new();

    /// <summary>Reopens what has lapsed, without waiting for the loop to do so by itself.</summary>
    public Task ExpireAsync() => app.Services.GetRequiredService<Cofferdam.Work.Slots.SlotLoop>().ExpireAsync();

    public static async Task<LabHost> StartAsync(string database)
    {
        var host = new LabHost(await TestStore.CreateAsync(database));
        await host.StartAsync();
        foreach (var lab in (string[])["acme", "other"])
        {
            await host.AddLabAsync(lab);
            await host.AddPersonAsync(lab, lab == "acme" ? "staff" : "stranger", Role.ProjectManager);
        }

        return host;
    }

    /// <summary>Ends the process that was, in good order or not, and starts another on the same store.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task<Actor> AddPersonAsync(string lab, string name, Role role, Guid? engagement = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var id = db.Labs.Single(l => l.Slug == lab).Id;
        var member = new Member { Lab = id, Account = Guid.NewGuid(), Name = name, Role = role, Pseudonym = Guid.NewGuid(), CreatedAt = Time.GetUtcNow(), Engagement = engagement };
        db.Members.Add(member);
        await db.SaveChangesAsync();
        return people[name] = new Actor(member.Account, new LabId(id), lab, role, member.Pseudonym, Guid.NewGuid(), engagement);
    }

    /// <summary>The lab of a person.</summary>
    public LabId LabOf(string person) => people[person].Lab;

    public Guid PseudonymOf(string person) => people[person].Pseudonym;

    /// <summary>The person signs out.</summary>
    public Task EndSessionAsync(string person) => app.Services.GetRequiredService<Cofferdam.Work.Slots.SlotsAhead>().ReleaseAsync(people[person].Session);

    /// <summary>Requests sent so far, those that were asked for again among them.</summary>
    public int Requests { get; private set; }

    /// <summary>Enrols a browser key of one of the lab's own people, who signs from then on; the second one with the first one's signature.</summary>
    public async Task<BrowserKey> EnrolAsync(string person)
    {
        var (who, key) = (people[person], new BrowserKey());
        var (by, proof) = (who, default(Proof));
        if (keys.FirstOrDefault() is { Value: { } first } approver)
        {
            by = people[approver.Key];
            var nonce = (await vault.NoncesAsync(who.Lab, first.Id, 1))[0];
            var act = new ApiClient.WantedAct(
                SignedBytes.StaffKey, System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(SignedBytes.StaffKeyAct(who.Pseudonym, key.PublicKey))),
                System.Buffers.Text.Base64Url.EncodeToString(nonce.Span));
            proof = new Proof(first.Id, nonce, System.Buffers.Text.Base64Url.DecodeFromChars(first.Prove(who.Lab.Value, act).Split('.')[2]));
        }

        key.Id = (await vault.EnrolStaffKeyAsync(who.Lab, who.Pseudonym, key.PublicKey, by.Principal, proof)).ShouldBeOfType<StaffKeyOutcome.Enrolled>().Key;
        app.Services.GetRequiredService<SigningKeys>().Forget(who.Lab, who.Pseudonym);
        return keys[person] = key;
    }

    /// <summary>Sends a request in somebody's name, to the person's own lab; what the person has to sign is signed, and asked for again.</summary>
    public async Task<HttpResponseMessage> SendAsync(string person, HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        (string Header, string Value)? proof = null;
        for (var round = 0; ; round++)
        {
            var response = await SendOnceAsync(person, method, path, body, ifMatch, proof);
            if ((int)response.StatusCode != 428 || round == 3 || !keys.TryGetValue(person, out var key)
                || Challenge.Read(await response.Content.ReadAsStringAsync()) is not { } challenge || key.Answer(challenge) is not { } answer)
                return response;
            proof = answer;
        }
    }

    /// <summary>As <see cref="SendAsync"/>, and what is to be signed is not, but for what is given.</summary>
    public async Task<HttpResponseMessage> SendOnceAsync(
        string person, HttpMethod method, string path, object? body = null, string? ifMatch = null, (string Header, string Value)? proof = null)
    {
        Requests++;
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(method, $"/api/labs/{people[person].LabSlug}{path}");
        request.Headers.Add(Header, person);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (proof is var (header, value))
            request.Headers.Add(header, value);
        request.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body, body.GetType(), options: Json));
        return await client.SendAsync(request);
    }

    /// <summary>As <see cref="SendAsync"/>, for what must succeed.</summary>
    public async Task<JsonElement> AskAsync(string person, HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        using var response = await SendAsync(person, method, path, body, ifMatch);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>Status and code of a problem.</summary>
    public async Task<(int Status, string? Code)> RefusedAsync(string person, HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        using var response = await SendAsync(person, method, path, body, ifMatch);
        var text = await response.Content.ReadAsStringAsync();
        var code = text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var value) ? value.GetString() : null;
        return ((int)response.StatusCode, code);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await test.DisposeAsync();
    }

    private async Task StartAsync()
    {
        vault = await VaultNode.OpenWithinAsync(new VaultOptions
        {
            Store = test.Store,
            DataFolder = Path.Combine(test.Folder, "data"),
            KeyFolder = Path.Combine(test.Folder, "keys"),
            Policy = Policy.Default with { PersonPerHour = 1_000_000, RereadsPerMinute = 1_000_000 },
        }, new CallerProcess("test", null, "host"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IVault>(_ => vault);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddStorage(StoreOptions.Parse(test.Store, Path.Combine(test.Folder, "data")));
        builder.Services.AddWork();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Forbid>();
        var policies = builder.Services.AddAuthorizationBuilder();
        foreach (var (name, roles) in Policies.Roles)
        {
            policies.AddPolicy(name, policy => policy.RequireAssertion(context =>
                ((HttpContext)context.Resource!).Features.Get<Actor>() is { } actor && roles.Contains(actor.Role)));
        }

        app = builder.Build();
        app.UseMiddleware<Tell>();
        app.UseRouting();
        app.Use((context, next) =>
        {
            if (people.TryGetValue(context.Request.Headers[Header].ToString(), out var actor) && (string?)context.GetRouteValue("lab") == actor.LabSlug)
                context.Features.Set(actor with { Proofs = new RequestProofs(context.Request.Headers, context.RequestServices.GetRequiredService<SigningKeys>()) });
            return next(context);
        });
        app.UseAuthorization();
        app.MapGroup("/api/labs/{lab}").AskForProofs().MapWork();
        await app.StartAsync();
    }

    private async Task StopAsync()
    {
        // The app owns the vault.
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AddLabAsync(string slug)
    {
        var lab = new Lab { Id = Guid.CreateVersion7(), Slug = slug, CreatedAt = Time.GetUtcNow() };
        await vault.CreateLabAsync(new LabId(lab.Id), lab.Slug);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        db.Labs.Add(lab);
        await db.SaveChangesAsync();
    }
}

/// <summary>Says what went wrong in the answer, for the test's output.</summary>
file sealed class Tell(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (!context.Response.HasStarted && fault is not BadHttpRequestException)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync(fault.ToString());
        }
    }
}

file sealed class Forbid : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
