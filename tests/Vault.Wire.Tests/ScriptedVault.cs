using System.Reflection;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>A vault that answers every method as it is told.</summary>
public class ScriptedVault : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> answer = null!;

    public static IVault Create(Func<MethodInfo, object?[], object?> answer)
    {
        var vault = Create<IVault, ScriptedVault>();
        ((ScriptedVault)(object)vault).answer = answer;
        return vault;
    }

    /// <summary>What a task or a stream comes to: a stream as an array.</summary>
    public static async Task<object?> ResultAsync(object pending)
    {
        var type = pending.GetType();
        var stream = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        if (stream is not null)
            return await (Task<object>)typeof(ScriptedVault).GetMethod(nameof(CollectAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(stream.GetGenericArguments()).Invoke(null, [pending])!;
        var task = pending as Task ?? (Task)type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(pending, null)!;
        await task;
        var result = task.GetType().GetProperty("Result")?.GetValue(task);
        return result?.GetType().Name == "VoidTaskResult" || result is Answer or Nothing ? null : result;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var value = answer(targetMethod!, args!);
        var type = targetMethod!.ReturnType;
        if (type == typeof(Task))
            return Task.CompletedTask;
        var make = type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(TaskOf)
            : type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? nameof(ValueTaskOf)
            : nameof(StreamOf);
        return typeof(ScriptedVault).GetMethod(make, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [value]);
    }

    private static Task<T> TaskOf<T>(T value) => Task.FromResult(value);

    private static ValueTask<T> ValueTaskOf<T>(T value) => ValueTask.FromResult(value);

    private static IAsyncEnumerable<T> StreamOf<T>(T[] values) => values.ToAsyncEnumerable();

    private static async Task<object> CollectAsync<T>(IAsyncEnumerable<T> stream) => await stream.ToArrayAsync();
}
