using Microsoft.Extensions.Logging.Console;

namespace Cofferdam.Server;

internal static class NodeLogging
{
    /// <summary>One line per event on standard error. No request is logged, so no address, query or token is.</summary>
    public static void AddNodeLogging(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // Warns of a missing folder where the server was built without the web client; its pages say so themselves.
        logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        // EF and Npgsql log statements and, with errors, what they were run with.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        logging.AddFilter("Npgsql", LogLevel.None);
        // Warns that keys are stored without an encryptor of its own kind; the vault seals them.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
